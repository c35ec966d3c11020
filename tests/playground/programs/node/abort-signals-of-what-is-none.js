// What AbortSignal.any and AbortSignal.timeout cannot take they say.
// Source: Node.js, Globals: AbortSignal.any, AbortSignal.timeout; Errors: ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE
const attempt = (call) => {
  try {
    console.log(call());
  } catch (error) {
    console.log(String(error));
  }
};
for (const signals of [undefined, 5, new Set(), [1], [AbortSignal.abort(1), null]])
  attempt(() => AbortSignal.any(signals));
for (const delay of [undefined, '5', -1, 1.5, NaN, 5e9]) attempt(() => AbortSignal.timeout(delay));
attempt(() => AbortSignal.any([AbortSignal.abort('a')]).reason);
attempt(() => (process.exitCode = 1.5));
