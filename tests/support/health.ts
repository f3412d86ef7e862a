import { DAY } from '#kernel';
import { formOf } from './browser.ts';
import { call } from './devices.ts';
import type { Json, TestClient, TestUser, World } from './world.ts';

export interface HealthJson {
  readonly offset: number;
  readonly limit: number;
  readonly total: number;
  readonly items: readonly {
    readonly obxRootRefId: string;
    readonly deviceMuid: string;
    readonly field: string;
    readonly measuredAt: string;
    readonly receivedAt: string;
    readonly values: Record<string, { value: unknown; unit: string; mdc: number | null }>;
  }[];
}

export const healthOf = (answer: Json): HealthJson => {
  if (answer.status !== 200) throw new Error(`no health data: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body as unknown as HealthJson;
};

export const readHealth = (w: World, token: string | null, query: string): Promise<Json> =>
  call(w, token, 'GET', `/v1/health?${query}`);

export const readShared = (w: World, token: string | null, owner: string, query: string): Promise<Json> =>
  call(w, token, 'GET', `/v1/shared-health?userid=${owner}&${query}`);

/** The owner shares a root code, and lets the share reach one application of the other person. */
export async function share(
  w: World,
  owner: TestUser,
  grantee: TestUser,
  client: TestClient | null,
  root: 'BLOOD_PRESSURE' | 'GLUCOSE' = 'BLOOD_PRESSURE',
  expiresIn = 30 * DAY,
): Promise<string> {
  const { shares } = w.app.storage;
  const at = w.app.clock.now();
  await shares.create(w.app.act(), {
    owner: owner.muid,
    granteeLogin: grantee.loginId,
    granteeFolded: grantee.loginId,
    roots: [root],
    expiresAt: at + expiresIn,
    most: 100,
  });
  const made = (await shares.given(owner.muid, at))[0];
  if (made === undefined) throw new Error('no share');
  if (client !== null) await allow(w, owner, made.id, client);
  return made.id;
}

export async function allow(w: World, owner: TestUser, shareId: string, client: TestClient): Promise<void> {
  const id = client.id as Parameters<World['app']['storage']['clients']['find']>[0];
  const allowed = await w.app.storage.shares.allowApplication(w.app.act(), owner.muid, {
    share: shareId,
    client: id,
    clientOwner: client.owner.muid,
    clientName: '건강수첩',
    recipient: client.owner.name,
    locale: 'ko',
    wording: '건강정보 공유 동의',
  });
  if (!allowed) throw new Error('not allowed');
}

/** Logs in and agrees to everything, but to these kinds of health data alone. */
export async function tokenOfKinds(
  w: World,
  client: TestClient,
  user: TestUser,
  kinds: readonly string[],
): Promise<string> {
  const browser = w.browser();
  await w.login(browser, user);
  let page = await browser.follow(await browser.get(w.authorizeUrl(client)));
  for (let steps = 0; steps < 4 && page.status === 200; steps++) {
    const form = formOf(page, 'allow');
    const boxes = form.boxes.filter((box) => box.startsWith('scope-') || kinds.includes(box.replace(/^kind-/, '')));
    const ticked = Object.fromEntries(boxes.map((box) => [box, 'on']));
    page = await browser.follow(await browser.post(form.action, { ...form.fields, ...ticked, decision: 'allow' }));
  }
  const code = new URL(page.location ?? '').searchParams.get('code') ?? '';
  return String((await w.redeem(client, code)).body['access_token']);
}
