// @ts-check
// The playground for people without a build. Its engine and its editor are scripts of their own, beside this one.
import '../core/load-script.js'; // first: it must see which script this is
import { whenRead } from './when-read.js';

whenRead(() => require('./event-loop-playground.js'));
