import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { buildConsole } from '../../tools/build-console.ts';
import { startTestApp } from '../support/app.ts';
import { launchChromium } from '../support/chromium.ts';
import { walkGuide } from '../support/guide-walk.ts';
import { openWorld, type World } from '../support/world.ts';

describe('The registration guide, step by step in a browser', () => {
  let world: World | undefined;
  let chromium: Browser | undefined;
  before(async () => {
    await buildConsole();
    world = openWorld(await startTestApp({ dialect: 'sqlite' }));
    chromium = await launchChromium();
  });
  after(async () => {
    await chromium?.close();
    await world?.app.close();
  });

  for (const locale of ['ko', 'en'] as const) {
    test(`ends with a client id and a secret that log a user in (${locale})`, async () => {
      assert.ok(world !== undefined && chromium !== undefined);
      const developer = await world.user({ roles: ['developer'], name: '한결' });
      const operator = await world.user({ roles: ['operator'], name: '운영자' });
      const { clientId, clientSecret } = await walkGuide(
        world,
        chromium,
        { developer, operator, locale },
        async () => undefined,
      );
      assert.match(clientId, /^[0-9a-f]{32}$/);
      assert.match(clientSecret, /^[0-9a-f]{32}$/);
      const client = {
        id: clientId,
        secret: clientSecret,
        redirectUri: 'https://diary.example.com/callback',
        owner: developer,
        how: 'basic' as const,
      };
      const user = await world.user();
      const tokens = await world.tokens(client, user);
      assert.equal((await world.me(tokens.access_token)).body['userMuid'], user.muid);
    });
  }
});
