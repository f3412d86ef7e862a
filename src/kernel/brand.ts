declare const brand: unique symbol;

/** A string that has been proven to be what its name says; only the functions beside its definition make one. */
export type Brand<Name extends string, Base = string> = Base & { readonly [brand]: Name };
