// @ts-check
// Lesson 4's module, as its page has it.
import packed from 'multiplexer.wasm';
import { doorbellInPage } from './in-page.js';

/** The core; rejected where WebAssembly is missing or forbidden. */
export const multiplexerInPage = () => doorbellInPage(packed);
