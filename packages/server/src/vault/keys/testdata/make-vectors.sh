#!/bin/sh
# Makes the private keys of this folder anew, each in every format, and vectors.json with what ssh-keygen says of them.
# They are for tests alone: whoever reads this repository has them. Needs ssh-keygen, openssl, puttygen and node.
set -eu
cd "$(dirname "$0")"
passphrase='correct horse battery staple'
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
printf '%s' "$passphrase" >"$work/pass"
: >"$work/none"
rm -f ./*.key ./*.ppk ./*.pub
list="$work/list"
: >"$list"

# note <file> <base key> <passphrase? yes|no> <comment? yes|no>
note() { printf '%s %s %s %s\n' "$1" "$2" "$3" "$4" >>"$list"; }

pem_of() { ssh-keygen -q -p -m "$2" -N '' -P '' -f "$1"; }

for kind in ed25519 ecdsa-256 ecdsa-384 ecdsa-521 rsa-2048; do
  type=${kind%-*}
  bits=${kind#*-}
  base="$work/$kind"
  ssh-keygen -q -t "$type" ${bits:+$([ "$type" = "$bits" ] || echo "-b $bits")} -N '' -C "test-only $kind" -f "$base"
  cp "$base.pub" "$kind.pub"

  cp "$base" "$kind-openssh.key"
  note "$kind-openssh.key" "$kind" no yes
  cp "$base" "$kind-openssh-encrypted.key"
  ssh-keygen -q -p -a 4 -N "$passphrase" -P '' -f "$kind-openssh-encrypted.key"
  note "$kind-openssh-encrypted.key" "$kind" yes yes

  # A PEM of its own kind, from which openssl makes the others. ssh-keygen writes no PKCS#8 for Ed25519, so it is put together by hand.
  if [ "$kind" = ed25519 ]; then
    node -e '
      const text = require("fs").readFileSync(process.argv[1], "latin1").split("\n").slice(1, -2).join("");
      const file = Buffer.from(text, "base64");
      const point = Buffer.from(require("fs").readFileSync(process.argv[1] + ".pub", "latin1").split(" ")[1], "base64").subarray(-32);
      const seed = file.subarray(file.lastIndexOf(point) - 32, file.lastIndexOf(point));
      process.stdout.write(Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]));
    ' "$base" >"$work/$kind.der"
    openssl pkey -inform DER -in "$work/$kind.der" -out "$work/$kind.pem"
  else
    cp "$base" "$work/$kind.pem"
    pem_of "$work/$kind.pem" PEM
    cp "$work/$kind.pem" "$kind-traditional.key"
    note "$kind-traditional.key" "$kind" no no
    openssl pkey -traditional -in "$work/$kind.pem" -aes128 -passout "file:$work/pass" -out "$kind-traditional-encrypted.key"
    note "$kind-traditional-encrypted.key" "$kind" yes no
  fi
  openssl pkcs8 -topk8 -nocrypt -in "$work/$kind.pem" -out "$kind-pkcs8.key"
  note "$kind-pkcs8.key" "$kind" no no
  openssl pkcs8 -topk8 -v2 aes-256-cbc -in "$work/$kind.pem" -passout "file:$work/pass" -out "$kind-pkcs8-encrypted.key"
  note "$kind-pkcs8-encrypted.key" "$kind" yes no

  for version in 2 3; do
    puttygen "$base" -O private -o "$kind-putty$version.ppk" --ppk-param "version=$version" --new-passphrase "$work/none"
    note "$kind-putty$version.ppk" "$kind" no yes
    puttygen "$base" -O private -o "$kind-putty$version-encrypted.ppk" \
      --ppk-param "version=$version,memory=256,passes=2" --new-passphrase "$work/pass"
    note "$kind-putty$version-encrypted.ppk" "$kind" yes yes
  done
done

# Every cipher of OpenSSH key files.
for cipher in aes128-ctr aes192-ctr aes128-cbc aes192-cbc aes256-cbc 3des-cbc \
  aes128-gcm@openssh.com aes256-gcm@openssh.com chacha20-poly1305@openssh.com; do
  file="ed25519-openssh-${cipher%@*}.key"
  cp "$work/ed25519" "$file"
  ssh-keygen -q -p -a 1 -Z "$cipher" -N "$passphrase" -P '' -f "$file"
  note "$file" ed25519 yes yes
done

# The other derivations and ciphers of the rest.
for kdf in argon2i argon2d; do
  puttygen "$work/ed25519" -O private -o "ed25519-putty3-$kdf.ppk" \
    --ppk-param "version=3,kdf=$kdf,memory=256,passes=2,parallelism=2" --new-passphrase "$work/pass"
  note "ed25519-putty3-$kdf.ppk" ed25519 yes yes
done
for cipher in aes-192-cbc des3 aes-256-cbc; do
  openssl pkey -traditional -in "$work/rsa-2048.pem" "-$cipher" -passout "file:$work/pass" -out "rsa-2048-traditional-$cipher.key"
  note "rsa-2048-traditional-$cipher.key" rsa-2048 yes no
done
for prf in hmacWithSHA1 hmacWithSHA512; do
  openssl pkcs8 -topk8 -v2 aes-128-cbc -v2prf $prf -in "$work/ecdsa-256.pem" -passout "file:$work/pass" -out "ecdsa-256-pkcs8-$prf.key"
  note "ecdsa-256-pkcs8-$prf.key" ecdsa-256 yes no
done
openssl pkcs8 -topk8 -v2 des3 -in "$work/ecdsa-256.pem" -passout "file:$work/pass" -out ecdsa-256-pkcs8-des3.key
note ecdsa-256-pkcs8-des3.key ecdsa-256 yes no
openssl pkcs8 -topk8 -scrypt -in "$work/ecdsa-256.pem" -passout "file:$work/pass" -out ecdsa-256-pkcs8-scrypt.key
note ecdsa-256-pkcs8-scrypt.key ecdsa-256 yes no

# Keys that are not accepted, or not without a remark.
openssl dsaparam -out "$work/dsa.param" 1024 2>/dev/null
openssl gendsa -out "$work/dsa.pem" "$work/dsa.param" 2>/dev/null
openssl pkey -traditional -in "$work/dsa.pem" -out bad-dsa-traditional.key
openssl pkcs8 -topk8 -nocrypt -in "$work/dsa.pem" -out bad-dsa-pkcs8.key
ssh-keygen -q -t dsa -N '' -C 'test-only dsa' -f "$work/dsa" && cp "$work/dsa" bad-dsa-openssh.key
puttygen "$work/dsa" -O private -o bad-dsa.ppk --new-passphrase "$work/none"
puttygen -q -t ed448 -C 'test-only ed448' -o bad-ed448.ppk --new-passphrase "$work/none"
openssl genpkey -algorithm ed448 -out bad-ed448-pkcs8.key
openssl ecparam -name secp256k1 -genkey -noout -out bad-secp256k1.key
ssh-keygen -q -t rsa -b 1024 -N '' -C 'test-only rsa-1024' -f bad-rsa-1024.key && rm bad-rsa-1024.key.pub
openssl genrsa -traditional -out bad-rsa-768.key 768 2>/dev/null
openssl pkcs8 -topk8 -v1 PBE-SHA1-3DES -in "$work/ecdsa-256.pem" -passout "file:$work/pass" -out bad-pkcs8-pbes1.key

node - "$list" "$passphrase" >vectors.json <<'NODE'
const { execFileSync } = require('child_process');
const { readFileSync } = require('fs');
const [, , list, passphrase] = process.argv;
const vectors = readFileSync(list, 'utf8').trim().split('\n').map((line) => {
  const [file, base, encrypted, comment] = line.split(' ');
  const [bits, fingerprint] = execFileSync('ssh-keygen', ['-l', '-f', `${base}.pub`], { encoding: 'utf8' }).split(' ');
  const [algorithm, blob, ...words] = readFileSync(`${base}.pub`, 'utf8').trim().split(' ');
  const publicKey = [algorithm, blob, ...(comment === 'yes' ? words : [])].join(' ');
  return { file, algorithm, bits: Number(bits), fingerprint, publicKey, encrypted: encrypted === 'yes' };
});
process.stdout.write(JSON.stringify({ passphrase, vectors }, null, 2) + '\n');
NODE
