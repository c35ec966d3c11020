// An async function that listens to a signal can stop early and clean up.
// Source: DOM, 3.3 Using AbortController and AbortSignal in APIs
const wait = (ms, signal) =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
const controller = new AbortController();
(async () => {
  try {
    for (let i = 1; ; i++) {
      await wait(60, controller.signal);
      console.log('step', i);
    }
  } catch (error) {
    console.log('stopped by', error);
  } finally {
    console.log('cleaned up');
  }
})();
setTimeout(() => controller.abort('the user'), 90);
