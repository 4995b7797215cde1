'use strict';

/**
 * Takes the source maps out of lib/: jsii writes them into each file, with the whole source in them, which more than
 * doubles what everyone who installs the package downloads.
 */

const fs = require('node:fs');
const path = require('node:path');

const LIB = path.join(__dirname, '../lib');

for (const file of fs.readdirSync(LIB, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'))) {
  const text = fs.readFileSync(path.join(LIB, file), 'utf8');
  const stripped = text.replace(/\n\/\/# sourceMappingURL=data:.*\s*$/, '\n');
  if (stripped !== text) fs.writeFileSync(path.join(LIB, file), stripped);
}
