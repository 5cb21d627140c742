"""What more sources, and archives of the past, would cost: a simulation from measured unit costs.

``costs.toml`` has the figures it goes from and ``cases.toml`` what is asked; ``table`` writes docs/scale.md's table; ``beside`` holds
predictions against real runs on this machine.
"""
