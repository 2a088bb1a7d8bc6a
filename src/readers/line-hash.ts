/** Bit 5 of each byte: setting it makes ASCII letters lower case, and confuses other bytes alike on both sides. */
export const FOLD = 0x20202020;
/** Makes a window of four bytes a number of evenly spread bits. */
export const HASH_FACTOR = 0x9e3779b1 | 0;
