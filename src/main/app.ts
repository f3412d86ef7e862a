import { readFileSync, statSync } from 'node:fs';
import { accountRoutes, developerTerms, healthPages } from '#account';
import { apiRoutes } from '#apis';
import { type Config, insecureWarnings, publicUrlOf } from '#config';
import { consoleApiRoutes } from '#developer';
import { createEdge, type Edge, type Listener, type Logger, openListener } from '#http';
import { createJobs, startNoticeMails, startQueue, startUpkeep } from '#jobs';
import type { Clock } from '#kernel';
import { rotateSigningKey } from '#oauth';
import { createPages, signinRoutes } from '#signin';
import type { Storage } from '#storage';
import { systemAct } from './act.ts';
import { CONSOLE_DIST, consolePageRoutes } from './console.ts';
import { erasureHandlers } from './erasure.ts';
import { Unable } from './failure.ts';
import { healthRoutes } from './health.ts';
import { openInstallation } from './installation.ts';
import { mailerOf, mailHandlers } from './mail.ts';
import { createModules, type Modules } from './modules.ts';
import { oauthRoutes } from './oauth-routes.ts';
import { startText } from './start-text.ts';

export interface AppOptions {
  readonly config: Config;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Plain text for whoever started it. The first operator's link goes here and never into a log. */
  readonly announce: (text: string) => void;
}

export interface App {
  /** The public URL, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly storage: Storage;
  readonly modules: Modules;
  /** What the edge serves, so that whoever tries every endpoint forgets none. */
  readonly routes: Edge['routes'];
  /** Finishes running requests and jobs, writes what is waiting, lets go of port and database. Idempotent. */
  close(): Promise<void>;
}

/** Starts the whole server: port, database and keys, modules, edge, jobs. Rejects with what to do, and leaves nothing open. */
export async function startApp({ config, clock, logger, announce }: AppOptions): Promise<App> {
  // The port first: a second start on the same one fails before it touches any data.
  const listener = await bind(config);
  const undo: (() => Promise<unknown>)[] = [() => listener.close(0)];
  try {
    const { storage, keys } = await openInstallation(config, clock, { prepare: true });
    undo.unshift(() => storage.close());
    const sealing = { key: keys.signingKeys, id: keys.id };
    await rotateSigningKey(systemAct(clock.now()), storage.keys, sealing, { onlyIfNone: true });

    const url = publicUrlOf(config, listener.port);
    const modules = createModules({ config, port: listener.port, storage, keys, clock });
    const { identity, consent, developer, oauth } = modules;
    const pages = createPages({ name: config.brandName, contact: config.privacyContact });
    const guard = { csrfKey: keys.csrf, publicUrl: url };
    const edge = await createEdge(
      {
        publicUrl: url,
        trustedProxies: config.trustedProxies,
        logger,
        clock,
        renderPageError: pages.renderPageError,
        isPublicClientOrigin: (origin) => storage.directory.isPublicClientOrigin(origin),
        routes: [
          ...healthRoutes({
            database: () => storage.ready(),
            migrations: async () => (await storage.migrationsPending()) === 0,
            keys: async () => (await storage.keys.published(clock.now())).length > 0,
          }),
          ...oauthRoutes(oauth, clock),
          ...signinRoutes({
            ...guard,
            authorization: oauth.authorization,
            identity,
            consent,
            pages,
            clock,
            minimumAge: config.minimumAge,
            nextPaths: ['/console/*'],
          }),
          ...accountRoutes({ ...guard, identity, consent, pages, clock }),
          ...healthPages({
            ...guard,
            identity,
            consent,
            pages,
            clock,
            own: {
              devices: storage.ownDevices,
              shares: storage.shares,
              ledger: storage.ledger,
              health: storage.ownHealth,
              catalogue: () => storage.health.catalogue(),
              asker: (id) => consent.asker(id),
            },
          }),
          ...apiRoutes({
            profiles: storage.profiles,
            uses: consent.uses,
            devices: storage.devices,
            deviceData: storage.deviceData,
            health: storage.health,
            ledger: storage.ledger,
            backoff: storage.backoff,
            backoffKey: keys.backoff,
            deviceTokenKey: keys.deviceTokens,
            clock,
          }),
          ...consoleApiRoutes({
            ...guard,
            developer,
            identity,
            consent,
            notices: storage.decisionNotices,
            audit: storage.audit,
            clock,
            brand: {
              name: config.brandName,
              icon: pages.icon,
              fontStylesheet: pages.fontStylesheet,
              docsUrl: null,
            },
            developerTerms,
          }),
          ...consolePageRoutes(CONSOLE_DIST),
          ...pages.routes,
        ],
      },
      listener,
    );

    const jobs = createJobs(logger);
    startUpkeep(
      jobs,
      {
        sweep: (now, most) => storage.grants.sweep(now, most),
        expireConsents: (now, most) => storage.consents.expire(systemAct(now), most),
        sealAudit: (now) => storage.audit.sealPending(now),
      },
      clock,
    );
    const mailer = mailerOf(config, url);
    const queue = startQueue({
      jobs,
      store: storage.jobs,
      handlers: {
        ...erasureHandlers(storage, clock),
        ...(mailer === null
          ? {}
          : mailHandlers({ mailer, identity, notices: storage.noticeMails, url, brand: config.brandName })),
      },
      clock,
      log: logger,
    });
    if (mailer !== null) startNoticeMails(jobs, storage.noticeMails, clock);
    const link = await identity.offerOperatorLink();
    announce(
      startText({
        url,
        brand: config.brandName,
        warnings: insecureWarnings(config),
        operatorLink: link === null ? null : `${url}/setup?link=${link}`,
        linkMinutes: config.operatorLinkMinutes,
      }),
    );
    logger.info(
      { url, port: listener.port, database: config.databaseUrl === null ? 'sqlite' : 'postgresql' },
      'Started.',
    );
    const close = closeOnce(edge, [queue, jobs], storage, logger);
    return { url, port: listener.port, storage, modules, routes: edge.routes, close };
  } catch (error) {
    for (const step of undo) await step().catch(() => undefined);
    throw error;
  }
}

function closeOnce(
  edge: Edge,
  working: readonly { stop(): Promise<void> }[],
  storage: Storage,
  logger: Logger,
): () => Promise<void> {
  let closed: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    await Promise.all([edge.close(), ...working.map((each) => each.stop())]);
    await storage.close();
    logger.info({}, 'Stopped.');
  };
  return () => {
    closed ??= close();
    return closed;
  };
}

async function bind(config: Config): Promise<Listener> {
  try {
    return await openListener({ host: config.host, port: config.port, tls: readTls(config) });
  } catch (error) {
    if (error instanceof Unable) throw error;
    const code = error instanceof Error && 'code' in error ? error.code : null;
    const where = `${config.host}:${config.port}`;
    if (code === 'EADDRINUSE') throw new Unable(`${where} is in use. Stop what listens there, or set MEDBIZ_PORT.`);
    if (code === 'EACCES') throw new Unable(`${where} may not be used by this account. Set MEDBIZ_PORT above 1023.`);
    throw new Unable(`${where} can not be listened on. Check MEDBIZ_HOST, MEDBIZ_PORT and the TLS files.`, {
      cause: error,
    });
  }
}

function readTls(config: Config): { cert: string; key: string } | null {
  if (config.tlsCert === null || config.tlsKey === null) return null;
  try {
    // OP-03: anybody on the machine could pretend to be us.
    if (process.platform !== 'win32' && (statSync(config.tlsKey).mode & 0o007) !== 0) {
      throw new Unable(`Everybody on this machine can read the TLS key. Run: chmod o= ${config.tlsKey}`);
    }
    return { cert: readFileSync(config.tlsCert, 'utf8'), key: readFileSync(config.tlsKey, 'utf8') };
  } catch (error) {
    if (error instanceof Unable) throw error;
    throw new Unable('MEDBIZ_TLS_CERT or MEDBIZ_TLS_KEY can not be read.', { cause: error });
  }
}
