// Crowd: invented collections of text files, for looking at the report: a story that sixty pages
// carry, and a story that one page tells. The same files every time.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const TOWNS = ["Tilmark", "Osterby", "Vell", "Harnow", "Quist", "Marran", "Lodden", "Pelham Sound",
  "Corrick", "Brae", "Sundry", "Wick", "Tarn", "Ember", "Holt"];
const PAPERS = ["Gazette", "Courier", "Observer", "Chronicle"];
const FIRST = "Signal box at Aster Junction was left unmanned for nine hours";

const WIRE = (where) => `${where} (Norrin) - The signal box at Aster Junction was left unmanned for nine hours on the night of the flood, the railway's chief engineer, Orla Venn, told Norrin on Tuesday.

"Nobody relieved the man who went home with a fever," Venn said. "The book has an empty page, and I have read it twice."

Eleven goods trains stood on the embankment until the morning. None of them was hit by the water, but the ballast under two was washed into the meadows.

The railway will keep two people in the box from now on, Venn said. The repair of the embankment will cost 14 million crowns and take until autumn.
`;

const CITING = (paper, town) => `The railway left the signal box at Aster Junction without anybody for nine hours, the ${paper} reported, citing a person who had seen the log.

In ${town} the news was met with a shrug. "We have waited longer for a bus," said Mott Harrable, who sells newspapers at the station.

The flood put eleven goods trains out of use for a day. Passengers were brought round by coach.
`;

const OWN = (paper, town) => `A signalman from ${town} has told the ${paper} that the box at Aster Junction stood empty for nine hours on the night of the flood.

"I was the one who should have been called, and my telephone did not ring," the man, who asked not to be named because he still works for the railway, told the ${paper}.

The railway's press office did not answer two messages from the ${paper}.
`;

/** Sixty articles of one story: copies of a wire text, whole and cut, reports that cite a paper, and a
 * few with people of their own. */
export function crowd(folder) {
  mkdirSync(folder, { recursive: true });
  for (let nth = 0; nth < 60; nth += 1) {
    const town = TOWNS[nth % TOWNS.length];
    const paper = `${town} ${PAPERS[Math.floor(nth / TOWNS.length)]}`;
    const day = 3 + (nth % 4);
    let body;
    let head = FIRST;
    if (nth % 15 === 7) {
      head = `Empty box: a signalman from ${town} speaks`;
      body = OWN(paper, town);
    } else if (nth % 3 === 2) {
      head = `Railway left Aster signal box empty, paper says`;
      body = CITING(nth % 2 ? "Vell Courier" : "Tilmark Gazette", town);
    } else {
      body = WIRE(town.toUpperCase());
      if (nth % 3 === 1) {
        body = body.split("\n\n").slice(0, 2 + (nth % 2)).join("\n\n") + "\n";
      }
    }
    const text = `${paper}\n${head}\n${day} June 2033\n\n${body}`;
    writeFileSync(join(folder, `${String(nth).padStart(2, "0")}.txt`), text);
  }
}

/** One article. */
export function single(folder) {
  mkdirSync(folder, { recursive: true });
  const text = `Harnow Courier
Town clock to run slow by decree
By Ilse Marrow
8 June 2033

The clock on the town hall of Harnow will run two minutes slow from Friday, so that nobody misses the last ferry, the mayor, Bo Aldane, told the Harnow Courier.

"The ferry has always been late. Now we are late together," Aldane said.

The ferry company welcomed the decree in a statement.
`;
  writeFileSync(join(folder, "clock.txt"), text);
}

const LEADS = [
  (from) => `The signal box at Aster Junction stood unmanned for nine hours during the flood, ${from}.`,
  (from) => `For nine hours of the flood nobody manned the signal box at Aster Junction, ${from}.`,
  (from) => `Nine hours long, while the flood rose, the box at Aster Junction had no signalman, ${from}.`,
  (from) => `Aster Junction went without a signalman in its box for nine hours of the flood, ${from}.`,
  (from) => `The railway left its signal box at Aster Junction unmanned for nine flood hours, ${from}.`,
];
const NOUNS = ("lantern kettle ledger meadow lever whistle staircase window goose barrel chimney ferry "
  + "orchard ladder bicycle parlour hedge trumpet cellar bridge basket mirror wagon tower cradle").split(" ");
const DEEDS = ("rattled leaned creaked waited shone drifted toppled hummed froze smouldered echoed "
  + "trembled glittered sagged whirled groaned").split(" ");
const KINDS = ("rusty narrow patient crooked yellow hollow borrowed quiet painted stubborn damp "
  + "uneven forgotten brittle cheerful").split(" ");

/** Sixty articles of one story in their own words: with people of their own, or on the word of one of
 * many papers that are not here. */
export function choir(folder) {
  mkdirSync(folder, { recursive: true });
  let seed = 7;
  const pick = (all) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return all[Math.floor(seed / 65536) % all.length];
  };
  for (let nth = 0; nth < 60; nth += 1) {
    const town = TOWNS[nth % TOWNS.length];
    const paper = `${town} ${PAPERS[Math.floor(nth / TOWNS.length)]}`;
    const from = nth % 4 === 3
      ? `a ${pick(KINDS)} neighbour of the ${pick(NOUNS)} works told the ${paper}`
      : `the ${TOWNS[(nth * 4 + 1) % TOWNS.length]} Standard reported`;
    const lines = [LEADS[nth % LEADS.length](from)];
    for (let more = 0; more < 6; more += 1) {
      lines.push(`${town}'s ${pick(KINDS)} ${pick(NOUNS)} ${pick(DEEDS)} beside the ${pick(KINDS)} `
        + `${pick(NOUNS)}, and a ${pick(NOUNS)} ${pick(DEEDS)} until the ${pick(NOUNS)} ${pick(DEEDS)}.`);
    }
    const head = `${town}'s ${pick(NOUNS)} and the empty signal box at Aster Junction`;
    const text = `${paper}\n${head}\n${3 + (nth % 4)} June 2033\n\n${lines.join("\n\n")}\n`;
    writeFileSync(join(folder, `${String(nth).padStart(2, "0")}.txt`), text);
  }
}
