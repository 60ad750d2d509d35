/** The largest private key that is read, in bytes. An RSA key of 16384 bits takes about 13 KiB. */
export const maxKeyBytes = 64 * 1024;

/** The longest comment that is shown, in UTF-16 code units. */
export const maxCommentLength = 255;

/** The smallest usable RSA modulus; OpenSSH refuses shorter ones on both ends. */
export const minRsaBits = 1024;

/** The smallest RSA modulus without a warning (NIST SP 800-131A). */
export const strongRsaBits = 2048;

/** The largest RSA modulus, the bound of OpenSSL and OpenSSH. */
export const maxRsaBits = 16_384;

/** The largest RSA public exponent, in bytes; OpenSSL verifies nothing beyond 64 bits. */
export const maxRsaExponentBytes = 8;

/** The most bcrypt rounds of an OpenSSH key. The default of `ssh-keygen` is 16 or 24. */
export const maxBcryptRounds = 1000;

/** bcrypt rounds of generated keys: the default of OpenSSH since 9.4. */
export const ownBcryptRounds = 24;

/** The most PBKDF2 iterations of a PKCS#8 key. The default of OpenSSL is 2,048. */
export const maxPbkdf2Iterations = 5_000_000;

/** The most scrypt memory of a PKCS#8 key, in bytes (128 · N · r). OpenSSL uses 16 MiB. */
export const maxScryptBytes = 128 * 1024 * 1024;

/** The most scrypt lanes, which are computed sequentially. */
export const maxScryptLanes = 4;

/** The most Argon2 memory of a PuTTY key, in KiB. PuTTYgen uses 8 MiB. */
export const maxArgon2Kib = 256 * 1024;

/** The most Argon2 work of a PuTTY key, passes · KiB. */
export const maxArgon2WorkKib = 4 * 1024 * 1024;

/** The most Argon2 lanes of a PuTTY key. */
export const maxArgon2Lanes = 16;

/** How long a worker may take to read a key before it is terminated: enough for the most expensive accepted derivation, 25 s of one processor. */
export const readTimeoutMs = 60_000;

/** How long a worker may take to generate a key; 8192 bits of RSA take ten seconds on average, sometimes much longer. */
export const generateTimeoutMs = 120_000;

/** How long a job waits for a free worker before it is refused. */
export const queueTimeoutMs = 30_000;

/** How many jobs wait at most. */
export const maxQueuedJobs = 256;

/** How many of them may belong to one account. */
export const maxQueuedJobsOfOne = 64;

/** How many workers read keys at the same time; the last one is started only for a second account. */
export const readWorkers = 3;

/** How many workers generate keys at the same time; apart from the readers, because a large RSA key takes long. */
export const generateWorkers = 1;

/** When an idle worker is terminated; derived keys do not stay in memory after that. */
export const workerIdleMs = 5_000;

/** The JavaScript heap of a worker. A key of 64 KiB takes a small part of it. */
export const workerHeapMb = 64;
