// What AbortSignal.any and AbortSignal.timeout cannot take is a TypeError.
// Source: DOM 3.2 (AbortSignal); Web IDL 3.2.4.9 ([EnforceRange]), 3.2.21 (sequence)
const attempt = (call) => {
  try {
    console.log(call());
  } catch (error) {
    console.log(String(error));
  }
};
attempt(() => AbortSignal.any([1]));
attempt(() => AbortSignal.any([new EventTarget()]));
attempt(() => AbortSignal.any());
attempt(() => AbortSignal.any('signal'));
attempt(() => AbortSignal.timeout(-1));
attempt(() => AbortSignal.timeout('soon'));
attempt(() => AbortSignal.timeout());
attempt(() => AbortSignal.any([AbortSignal.abort('a')]).reason);
