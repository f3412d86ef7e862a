import { after, before, describe } from 'node:test';
import { startTestApp, type TestAppOptions } from './app.ts';
import { openWorld, type World } from './world.ts';

/** The same sentences on SQLite and on PostgreSQL, each on an app of its own. */
export function onBoth(
  title: string,
  tests: (world: () => World) => void,
  options: Omit<TestAppOptions, 'dialect'> = {},
): void {
  for (const dialect of ['sqlite', 'postgres'] as const) {
    describe(`${title} (${dialect})`, () => {
      let world: World | undefined;
      before(async () => {
        world = openWorld(await startTestApp({ ...options, dialect }));
      });
      after(async () => {
        await world?.app.close();
      });
      tests(() => {
        if (world === undefined) throw new Error('the app did not start');
        return world;
      });
    });
  }
}
