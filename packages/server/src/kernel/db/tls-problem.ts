/** A sentence for operators about a connection to the database that failed because of TLS. The sentences of Node.js advise its own flags. */
export function tlsProblem(error: Error): string | undefined {
  if (error.message === 'The server does not support SSL connections')
    return 'The database of DATABASE_URL does not offer TLS. Enable it there, or use sslmode=disable or prefer.';
  switch ((error as NodeJS.ErrnoException).code ?? '') {
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'CERT_SIGNATURE_FAILURE':
      return 'The certificate of the database of DATABASE_URL is not signed by a trusted authority. Name the file of the authority, or of the certificate itself if it is self-signed, with sslrootcert=… in DATABASE_URL (docs/operations.md).';
    case 'CERT_HAS_EXPIRED':
    case 'CERT_NOT_YET_VALID':
      return 'The certificate of the database of DATABASE_URL is not valid now.';
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return 'The certificate of the database of DATABASE_URL is for another host name. Connect by a name in the certificate, or use sslmode=verify-ca.';
    default:
      return undefined;
  }
}
