import '../elements/theme-switch.js';
