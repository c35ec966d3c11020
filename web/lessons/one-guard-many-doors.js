import '../elements/page/theme-switch.js';
import '../elements/page/lesson-progress.js';
import '../elements/hallway/io-multiplexer-demo.js';
import '../elements/page/knowledge-check.js';
import '../elements/page/interview-card.js';
import './start-demo.js';
import '../elements/page/when-reached.js';
