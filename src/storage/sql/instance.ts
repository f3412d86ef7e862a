import type { Act } from '#audit/ports';
import type { Engine } from '../engine.ts';
import { type Tx, verb } from '../verb.ts';
import { record } from './audit-entry.ts';

/** What there is one of: the epoch that all sessions and grants share, and the proof of the right master key. */
export interface InstanceStore {
  masterKeyCheck(): Promise<string | null>;
  /** Keeps the check of the first master key; returns the one that is kept. Of parallel first starts one is kept. */
  keepMasterKeyCheck(check: string): Promise<string>;
  /** Ends every session and grant there is: for after a restore. */
  raiseEpoch(act: Act): Promise<void>;
}

const keepMasterKeyCheck = verb('instance.keepMasterKeyCheck', async (tx, check: string): Promise<string> => {
  await tx
    .updateTable('instance')
    .set({ master_key_check: check })
    .where('id', '=', 1)
    .where('master_key_check', 'is', null)
    .execute();
  const { master_key_check } = await tx.selectFrom('instance').select('master_key_check').executeTakeFirstOrThrow();
  return master_key_check ?? '';
});

const raiseEpoch = verb('instance.raiseEpoch', (tx, act: Act) => raise(tx, act));

/** A copy made by `medbiz backup` says so; the first program that opens it as a database ends what lived in it. */
const wakeCopy = verb('instance.wakeCopy', async (tx, act: Act): Promise<boolean> => {
  const woken = await tx
    .updateTable('instance')
    .set({ is_backup: 0 })
    .where('id', '=', 1)
    .where('is_backup', '=', 1)
    .executeTakeFirst();
  if (woken.numUpdatedRows === 0n) return false;
  await raise(tx, act);
  return true;
});

async function raise(tx: Tx, act: Act): Promise<void> {
  await tx
    .updateTable('instance')
    .set((eb) => ({ epoch: eb('epoch', '+', 1) }))
    .where('id', '=', 1)
    .execute();
  await record(tx, act, { action: 'instance.restored', outcome: 'ok' });
}

export function instanceStore({ read, run }: Engine): InstanceStore {
  return {
    async masterKeyCheck() {
      const row = await read.selectFrom('instance').select('master_key_check').where('id', '=', 1).executeTakeFirst();
      return row?.master_key_check ?? null;
    },
    keepMasterKeyCheck: (check) => run(keepMasterKeyCheck, check),
    raiseEpoch: (act) => run(raiseEpoch, act),
  };
}

/** True when this database is a restored copy, and everything that lived in it has now ended. */
export async function wakeRestoredCopy({ read, run }: Engine, act: Act): Promise<boolean> {
  const row = await read.selectFrom('instance').select('is_backup').where('id', '=', 1).executeTakeFirst();
  return row?.is_backup === 1 && run(wakeCopy, act);
}
