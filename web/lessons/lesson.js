// What reading a lesson needs. The rest comes when the reader does.
import '../elements/page/theme-switch.js';
import '../elements/page/lesson-progress.js';
import '../elements/page/keep-place.js';
import '../elements/page/when-reached.js';
import '../elements/page/stay-offline.js';
