import type { Act } from '#audit/ports';
import { type ClientId, OPERATOR_ALLOWANCES, type OperatorAllowance } from '#kernel';
import { type Tx, verb } from '../verb.ts';
import { record } from './audit-entry.ts';
import { allowancesOf } from './client-rows.ts';

type Allowing = { act: Act; client: ClientId; allowances: readonly OperatorAllowance[] };

export const setAllowances = verb(
  'clients.setAllowances',
  async (tx, { act, client, allowances }: Allowing): Promise<boolean> => {
    const flag = (allowance: OperatorAllowance): number => (allowances.includes(allowance) ? 1 : 0);
    const before = await tx.selectFrom('client').selectAll().where('id', '=', client).executeTakeFirst();
    const changed = await tx
      .updateTable('client')
      .set({
        allow_password: flag('password'),
        allow_get_token: flag('get-token'),
        allow_implicit: flag('implicit'),
        allow_resource_server: flag('resource-server'),
        updated_at: act.at,
      })
      .where('id', '=', client)
      .executeTakeFirst();
    if (changed.numUpdatedRows === 0n || before === undefined) return false;
    await recordAllowances(tx, act, client, allowancesOf(before), allowances);
    return true;
  },
);

/** One row for each that was given or taken. */
export async function recordAllowances(
  tx: Tx,
  act: Act,
  client: ClientId,
  had: readonly OperatorAllowance[],
  has: readonly OperatorAllowance[],
): Promise<void> {
  for (const reason of OPERATOR_ALLOWANCES) {
    if (had.includes(reason) === has.includes(reason)) continue;
    const action = had.includes(reason) ? 'client.disallowed' : 'client.allowed';
    await record(tx, act, { action, outcome: 'ok', client, reason });
  }
}
