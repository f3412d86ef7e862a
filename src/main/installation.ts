import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '#config';
import type { Clock } from '#kernel';
import { openStorage, type Storage } from '#storage';
import { Unable } from './failure.ts';
import { type Keys, keyFileOf, keysFrom, makeMasterKey, readMasterKey } from './master-key.ts';

export interface Installation {
  readonly storage: Storage;
  readonly keys: Keys;
}

export const databaseFileOf = (config: Pick<Config, 'dataDir'>): string => join(config.dataDir, 'medbiz.db');

export function openConfiguredStorage(config: Config, clock: Clock): Promise<Storage> {
  if (config.databaseUrl === null) mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  return openStorage({
    databaseUrl: config.databaseUrl,
    file: databaseFileOf(config),
    poolSize: config.poolSize,
    clock,
  });
}

/**
 * Opens the database and the keys and proves that they belong together. `prepare` brings the schema up to date and makes
 * what a first start lacks; without it an installation that is not ready is refused in words.
 */
export async function openInstallation(
  config: Config,
  clock: Clock,
  { prepare }: { prepare: boolean },
): Promise<Installation> {
  if (!prepare && config.databaseUrl === null && !existsSync(databaseFileOf(config))) {
    throw new Unable(`There is no database in ${config.dataDir}. Run "medbiz serve" or "medbiz migrate" first.`);
  }
  const storage = await openConfiguredStorage(config, clock);
  try {
    if (prepare) await storage.migrate();
    else if ((await storage.migrationsPending()) > 0) {
      throw new Unable('The database is not up to date. Run "medbiz migrate" first.');
    } else await storage.wake();
    return { storage, keys: await provenKeys(config, storage) };
  } catch (error) {
    await storage.close();
    throw error;
  }
}

/** Data sealed under one key is lost under another, so a wrong key is noticed at the door (DESIGN.md, Secrets). */
async function provenKeys(config: Config, storage: Storage): Promise<Keys> {
  const known = await storage.instance.masterKeyCheck();
  const present = readMasterKey(config);
  if (present === null && known !== null) {
    throw new Unable(
      `The master key ${keyFileOf(config)} is missing. Put back the one that this data was made with, or set MEDBIZ_MASTER_KEY.`,
    );
  }
  const keys = keysFrom(present ?? makeMasterKey(config));
  if ((await storage.instance.keepMasterKeyCheck(keys.check)) !== keys.check) {
    throw new Unable(
      'The master key is not the one that this data was made with. Put back the right key; nothing was changed.',
    );
  }
  return keys;
}
