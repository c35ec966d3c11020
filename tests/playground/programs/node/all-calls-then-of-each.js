// Promise.all calls Promise.resolve and then for each element while it is called, in order.
// Source: ECMAScript 27.2.4.1.2 PerformPromiseAll, step 4.h and 4.s
class Loud extends Promise {
  then(f, g) {
    console.log('then', this.name ?? 'other');
    return super.then(f, g);
  }
}
const one = Object.assign(Loud.resolve(1), { name: 'one' });
const two = Object.assign(Loud.resolve(2), { name: 'two' });
console.log('before');
const all = Loud.all([one, two]);
console.log('after', all instanceof Loud);
all.then((values) => console.log(values));
