// What stands beside the desk comes together: what asks for a part weighs on every demo, opened or not.
import '../code/demo-code.js';
import './both-hosts.js';
