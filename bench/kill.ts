/** `node bench/kill.ts [rounds]`: kills the server in the middle of load and counts lost tokens; 50 rounds unless said otherwise. */
import { killRounds } from '../tests/support/kill-rounds.ts';

const rounds = Number(process.argv[2] ?? 50);
const report = await killRounds(rounds, (line) => process.stdout.write(`${line}\n`));
process.stdout.write(
  `${report.rounds} kills, ${report.received} tokens received, ${report.lost.length} lost, ${report.faults} answers in the 500s\n`,
);
process.exitCode = report.lost.length === 0 && report.faults === 0 ? 0 : 1;
