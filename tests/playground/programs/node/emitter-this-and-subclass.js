// A listener's this is the emitter; classes extend EventEmitter.
// Source: Node.js, Events: passing arguments and this to listeners
const EventEmitter = require('node:events');
class Clock extends EventEmitter {
  constructor(name) {
    super();
    this.name = name;
  }
  start() {
    setTimeout(() => this.emit('alarm', 7), 5);
    return this;
  }
}
new Clock('kitchen')
  .on('alarm', function (hour) {
    console.log(this.name, hour);
  })
  .on('newListener', (event) => console.log('new listener of', event))
  .on('alarm', () => console.log(this === module.exports))
  .start();
