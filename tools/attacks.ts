/**
 * `npm run attacks`: how many attacks of docs/security.md each group has, and what answers them. Fails when the page
 * names a test that does not exist.
 */
import { attackTable, missingTests } from './attacks/table.ts';

const COLUMNS = ['attacks', 'in a test', 'by design', 'not yet', 'open'] as const;

const table = await attackTable();
console.log(['group'.padEnd(52), ...COLUMNS.map((name) => name.padStart(10)), 'tests'.padStart(7)].join(''));
for (const { title, ids, tests } of table) {
  const count = (answer: string): number => ids.filter((one) => one.answer === answer).length;
  const cells = [ids.length, count('test'), count('design'), count('not yet'), count('open')];
  console.log(
    [title.slice(0, 50).padEnd(52), ...cells.map((cell) => String(cell).padStart(10)), String(tests).padStart(7)].join(
      '',
    ),
  );
}
const open = table.flatMap(({ ids }) => ids.filter(({ answer }) => answer === 'open').map(({ id }) => id));
if (open.length > 0) console.log(`\nopen: ${open.join(', ')}`);
const missing = await missingTests();
for (const one of missing) console.log(`\ndocs/security.md names a test that does not exist: ${one}`);
process.exitCode = missing.length === 0 ? 0 : 1;
