// Callbacks one in another do one file operation after another.
// Source: Node.js, File system: callback example: ordering of operations
const fs = require('node:fs');
fs.writeFile('diary.txt', 'Monday. ', (error) => {
  console.log('written', error);
  fs.appendFile('diary.txt', 'Tuesday.', (error) => {
    console.log('appended', error);
    fs.readFile('diary.txt', 'utf8', (error, text) => {
      console.log(text);
      fs.unlink('diary.txt', (error) => console.log('removed', error, fs.existsSync('diary.txt')));
    });
  });
});
console.log('script end');
