import '../elements/page/theme-switch.js';
