"""The training's sub-commands, one module a part of the way. Heavy libraries are imported by the step that needs them."""
