import type { DatabaseConnection, Dialect, Driver } from 'kysely';
import { asStorageError } from '../storage-error.ts';

/** The same dialect, whose every failing query throws StorageError with the driver's own error as its cause. */
export function withStorageErrors(dialect: Dialect): Dialect {
  return {
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createDriver: () => guardDriver(dialect.createDriver()),
  };
}

/** Changed in place: drivers know their own connections by identity. */
function guardDriver(driver: Driver): Driver {
  const guarded = new WeakSet<DatabaseConnection>();
  const acquire = driver.acquireConnection.bind(driver);
  driver.acquireConnection = async (options) => {
    const connection = await acquire(options).catch((error: unknown) => {
      throw asStorageError(error, 'The database can not be reached.');
    });
    if (!guarded.has(connection)) {
      guarded.add(connection);
      guardConnection(connection);
    }
    return connection;
  };
  return driver;
}

function guardConnection(connection: DatabaseConnection): void {
  const execute: DatabaseConnection['executeQuery'] = connection.executeQuery.bind(connection);
  connection.executeQuery = async <Row>(...query: Parameters<DatabaseConnection['executeQuery']>) => {
    try {
      return await execute<Row>(...query);
    } catch (error) {
      throw asStorageError(error, 'A query failed.');
    }
  };
}
