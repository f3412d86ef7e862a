/**
 * `node guard.ts PID FOLDER`: waits until its standard input ends, which happens when whoever started it is gone, however
 * that came (SIGKILL too), then ends that PostgreSQL and removes its folder.
 */
import { rmSync } from 'node:fs';

const [, , pid = '', folder = ''] = process.argv;

process.stdin.resume().once('end', () => {
  try {
    // PostgreSQL's immediate shutdown: nothing of it is needed any more.
    process.kill(Number(pid), 'SIGQUIT');
  } catch {
    // It is gone already.
  }
  setTimeout(() => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }, 1000);
});
