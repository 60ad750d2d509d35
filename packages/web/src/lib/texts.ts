/** The texts of a language: the same keys as those of another, with its own values. */
export type Texts<T> = { readonly [K in keyof T]: T[K] extends string ? string : Texts<T[K]> };
