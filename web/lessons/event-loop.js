import '../elements/theme-switch.js';
import '../elements/lesson-progress.js';
import '../elements/event-loop-demo.js';
import '../elements/knowledge-check.js';
import '../elements/interview-card.js';
import './start-demo.js';
import '../elements/when-reached.js';
