// let gives each round a variable of its own, var one for all rounds.
// Source: ECMAScript 14.7.4.4 CreatePerIterationEnvironment
for (var i = 0; i < 3; i++) setTimeout(() => console.log('var', i), 1);
for (let j = 0; j < 3; j++) setTimeout(() => console.log('let', j), 60);
