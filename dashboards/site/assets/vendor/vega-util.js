// What the interpreter imports by the name "vega-util", out of the bundle that is already loaded.
export const { ascending, isString, DisallowedObjectProperties } = globalThis.vega;
