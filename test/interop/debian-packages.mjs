/** The Debian packages that hold the other implementations, and what builds the programs of peers/ on them. */

export const DEBIAN_PACKAGES = [
  "default-jdk-headless",
  "g++",
  "gcc",
  "libbcprov-java",
  "libbotan-2-dev",
  "libc6-dev",
  "libgcrypt20-dev",
  "libnss3",
  "libp11-kit-dev",
  "softhsm2",
];
