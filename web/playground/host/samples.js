// @ts-check
// What a program's comments may say of the world around it (see world.js): a sample of each, with the host that has
// such a thing.

/** @type {Record<'event' | 'reply' | 'file', { host: 'browser' | 'node', title: string, text: string }>} */
export const SAMPLES = {
  event: { host: 'browser', title: 'a click', text: '//@ click #button at 20 ms' },
  reply: { host: 'browser', title: 'a reply to fetch', text: '//@ reply /user after 30 ms {"name":"Ann"}' },
  file: { host: 'node', title: 'a file', text: '//@ file notes.txt first line\\nsecond line' },
};
