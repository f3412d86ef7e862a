import { type Config, publicUrlOf } from '#config';
import { type Consent, createConsent } from '#consent';
import { createDeveloper, createProducts, type Developer, type Products } from '#developer';
import { createIdentity, DEFAULT_LIMITS, type Identity } from '#identity';
import type { Clock } from '#kernel';
import { DAY, HOUR, MINUTE } from '#kernel';
import { type AuthorizationServer, createAuthorizationServer } from '#oauth';
import type { Storage } from '#storage';
import { clientAuthFailures } from './client-auth-failures.ts';
import type { Keys } from './master-key.ts';

/** How many password hashes may wait before people are asked to come back (HT-07). */
const HASH_QUEUE = 100;

/** The modules that pages, endpoints and commands are made of. */
export interface Modules {
  readonly identity: Identity;
  readonly consent: Consent;
  readonly developer: Developer;
  readonly products: Products;
  readonly oauth: AuthorizationServer;
}

export interface Foundation {
  readonly config: Config;
  /** What the port became; 0 on the command line, where nothing listens. */
  readonly port: number;
  readonly storage: Storage;
  readonly keys: Keys;
  readonly clock: Clock;
}

export function createModules({ config, port, storage, keys, clock }: Foundation): Modules {
  const identity = createIdentity({
    users: storage.users,
    sessions: storage.sessions,
    recovery: storage.recovery,
    factors: storage.factors,
    closing: storage.closing,
    backoff: storage.backoff,
    audit: storage.audit,
    clock,
    options: {
      brand: config.brandName,
      minimumAge: config.minimumAge,
      sessionIdleMs: config.sessionIdleMinutes * MINUTE,
      sessionMs: config.sessionHours * HOUR,
      hashesAtOnce: config.passwordHashesAtOnce,
      hashQueue: HASH_QUEUE,
      backoffKey: keys.backoff,
      limits: DEFAULT_LIMITS,
      operatorLinkMs: config.operatorLinkMinutes * MINUTE,
      mails: config.smtpUrl !== null,
      publicUrl: publicUrlOf(config, port),
      operatorSecondFactor: config.operatorSecondFactor,
      factorKey: { key: keys.secondFactors, id: keys.id },
      recoveryKey: keys.recoveryCodes,
    },
  });
  const consent = createConsent({
    consents: storage.consents,
    connections: storage.connections,
    clients: storage.clients,
    audit: storage.audit,
    clock,
    options: { healthConsentDays: config.healthConsentDays },
  });
  const developer = createDeveloper({
    clients: storage.clients,
    secretsKey: { key: keys.clientSecrets, id: keys.id },
    secretDisplay: config.secretDisplay,
  });
  const products = createProducts(storage.products);
  const oauth = createAuthorizationServer({
    issuer: publicUrlOf(config, port),
    clock,
    lifetimes: {
      code: config.codeSeconds,
      accessToken: config.accessTokenSeconds,
      refreshIdle: (config.refreshIdleDays * DAY) / 1000,
      grant: (config.grantDays * DAY) / 1000,
    },
    clients: storage.directory,
    transactions: storage.transactions,
    codes: storage.codes,
    grants: storage.grants,
    keys: storage.keys,
    owners: {
      async check(act, username, password) {
        const verdict = await identity.checkPassword(username, password, act, act.actor.ip ?? '');
        // A suspended account looks like a wrong password to an application (RFC 6749 §5.2, invalid_grant).
        if (typeof verdict === 'string') return { outcome: 'wrong' };
        // A program can't be asked for the second factor (platform contract, section 9).
        if ('user' in verdict) {
          const subject = verdict.user.id;
          if ((await identity.owesSecondFactor(verdict.user)) === null) return { outcome: 'right', user: subject };
          const reason = 'password grant';
          await storage.audit.append(act, { action: 'factor.failed', outcome: 'refused', subject, reason });
          return { outcome: 'wrong' };
        }
        return { outcome: 'backed-off', retryAt: verdict.retryAt };
      },
    },
    consented: { of: consent.given, noteOwnService: consent.noteOwnService },
    uses: consent.uses,
    failures: clientAuthFailures(storage, keys.backoff),
  });
  return { identity, consent, developer, products, oauth };
}
