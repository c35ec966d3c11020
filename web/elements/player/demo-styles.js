// @ts-check
import controls from './controls.css';
import demo from './demo.css';

/** How a demo looks, and all that stands with it. */
export const demoStyles = [controls, demo];
