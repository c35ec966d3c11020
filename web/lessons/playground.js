import '../elements/page/theme-switch.js';
import '../elements/page/when-reached.js';
import '../elements/page/stay-offline.js';
