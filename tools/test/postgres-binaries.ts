import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The oldest that Debian 12 has; what the storage uses is there since then. */
const OLDEST = 15;

/** Debian and Homebrew keep a folder for each major version, off the PATH. */
const VERSIONED = [
  { folder: '/usr/lib/postgresql', name: /^(\d+)$/ },
  { folder: '/opt/homebrew/opt', name: /^postgresql@(\d+)$/ },
  { folder: '/usr/local/opt', name: /^postgresql@(\d+)$/ },
] as const;

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly version: number;
}

/** The newest PostgreSQL of this machine that is new enough, or null. */
export function findPostgres(): PostgresBinaries | null {
  const onPath = (process.env['PATH'] ?? '').split(process.platform === 'win32' ? ';' : ':');
  const kept = VERSIONED.flatMap(({ folder, name }) =>
    existsSync(folder)
      ? readdirSync(folder)
          .filter((entry) => name.test(entry))
          .map((entry) => join(folder, entry, 'bin'))
      : [],
  );
  const found = [...kept, ...onPath].map(binariesIn).filter((each) => each !== null);
  return found.filter(({ version }) => version >= OLDEST).toSorted((a, b) => b.version - a.version)[0] ?? null;
}

function binariesIn(folder: string): PostgresBinaries | null {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const [initdb, postgres] = [join(folder, `initdb${suffix}`), join(folder, `postgres${suffix}`)];
  if (folder === '' || !existsSync(initdb) || !existsSync(postgres)) return null;
  const version = /(\d+)/.exec(execFileSync(postgres, ['--version'], { encoding: 'utf8' }))?.[1];
  return version === undefined ? null : { initdb, postgres, version: Number(version) };
}
