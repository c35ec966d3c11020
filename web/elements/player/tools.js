// @ts-check
// The tools that every demo has. They come together: what asks for a part weighs on every demo, opened or not.
import '../present/present-demo.js';
import '../share/demo-share.js';
