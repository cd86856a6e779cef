/*
 * BouncyCastle's lightweight API behind the line protocol of ../line-process.mjs:
 *
 *     java -cp /usr/share/java/bcprov.jar BouncyCastle.java
 *
 * One JVM for all cases. Keys come as numbers, so that nothing of this project encodes what BouncyCastle reads; the
 * DER of SM2 ciphertexts (GM/T 0009) is read and written by BouncyCastle's own ASN.1.
 */

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.gm.GMNamedCurves;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.encodings.OAEPEncoding;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.RFC5649WrapEngine;
import org.bouncycastle.crypto.engines.RSABlindedEngine;
import org.bouncycastle.crypto.engines.SM2Engine;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.util.Arrays;
import org.bouncycastle.util.BigIntegers;
import org.bouncycastle.util.encoders.Hex;

public class BouncyCastle {
  private static final int FIELD_BYTES = 32;
  private static final int C3_BYTES = 32;
  private static final X9ECParameters CURVE = GMNamedCurves.getByName("sm2p256v1");
  private static final ECDomainParameters DOMAIN = new ECDomainParameters(CURVE);
  private static final SecureRandom RANDOM = new SecureRandom();

  public static void main(String[] arguments) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      System.out.println(answer(line.split(" ")));
      System.out.flush();
    }
  }

  private static String answer(String[] request) {
    try {
      if (request[0].equals("version")) return "ok " + new BouncyCastleProvider().getVersionStr();
      return "ok " + Hex.toHexString(perform(request));
    } catch (Exception refusal) {
      return "error " + refusal.toString().replace('\n', ' ');
    }
  }

  private static byte[] perform(String[] request) throws Exception {
    switch (request[0]) {
      case "oaep-encrypt":
        return oaep(true, request[1], publicKey(request), bytes(request[4]));
      case "oaep-decrypt":
        return oaep(false, request[1], privateKey(request), bytes(request[7]));
      case "kwp-wrap":
        return keyWrap(true, bytes(request[1])).wrap(bytes(request[2]), 0, bytes(request[2]).length);
      case "kwp-unwrap":
        return keyWrap(false, bytes(request[1])).unwrap(bytes(request[2]), 0, bytes(request[2]).length);
      case "sm2-encrypt":
        return sm2Encrypt(request[1], bytes(request[2]), bytes(request[3]));
      case "sm2-decrypt":
        return sm2Decrypt(request[1], number(request[2]), bytes(request[4]));
      default:
        throw new IllegalArgumentException("no operation " + request[0]);
    }
  }

  private static byte[] bytes(String hex) {
    return Hex.decode(hex);
  }

  private static BigInteger number(String hex) {
    return new BigInteger(1, bytes(hex));
  }

  private static RSAKeyParameters publicKey(String[] request) {
    return new RSAKeyParameters(false, number(request[2]), number(request[3]));
  }

  private static RSAPrivateCrtKeyParameters privateKey(String[] request) {
    BigInteger d = number(request[4]);
    BigInteger p = number(request[5]);
    BigInteger q = number(request[6]);
    BigInteger dp = d.mod(p.subtract(BigInteger.ONE));
    BigInteger dq = d.mod(q.subtract(BigInteger.ONE));
    return new RSAPrivateCrtKeyParameters(
        number(request[2]), number(request[3]), d, p, q, dp, dq, q.modInverse(p));
  }

  private static byte[] oaep(boolean encrypt, String hash, CipherParameters key, byte[] input) throws Exception {
    OAEPEncoding oaep = new OAEPEncoding(new RSABlindedEngine(), digest(hash), digest(hash), new byte[0]);
    oaep.init(encrypt, encrypt ? new ParametersWithRandom(key, RANDOM) : key);
    return oaep.processBlock(input, 0, input.length);
  }

  private static Digest digest(String hash) {
    return hash.equals("SHA-1") ? new SHA1Digest() : new SHA256Digest();
  }

  private static RFC5649WrapEngine keyWrap(boolean wrap, byte[] kek) {
    RFC5649WrapEngine engine = new RFC5649WrapEngine(new AESEngine());
    engine.init(wrap, new KeyParameter(kek));
    return engine;
  }

  private static byte[] sm2Encrypt(String layout, byte[] point, byte[] message) throws Exception {
    SM2Engine engine = new SM2Engine(new SM3Digest(), mode(layout));
    ECPublicKeyParameters key = new ECPublicKeyParameters(CURVE.getCurve().decodePoint(point), DOMAIN);
    engine.init(true, new ParametersWithRandom(key, RANDOM));
    byte[] raw = engine.processBlock(message, 0, message.length);
    return layout.equals("asn1") ? toDer(raw) : raw;
  }

  private static byte[] sm2Decrypt(String layout, BigInteger d, byte[] ciphertext) throws Exception {
    SM2Engine engine = new SM2Engine(new SM3Digest(), mode(layout));
    engine.init(false, new ECPrivateKeyParameters(d, DOMAIN));
    byte[] raw = layout.equals("asn1") ? fromDer(ciphertext) : ciphertext;
    return engine.processBlock(raw, 0, raw.length);
  }

  private static SM2Engine.Mode mode(String layout) {
    return layout.equals("c1c2c3") ? SM2Engine.Mode.C1C2C3 : SM2Engine.Mode.C1C3C2;
  }

  /** SEQUENCE { x INTEGER, y INTEGER, C3 OCTET STRING, C2 OCTET STRING } of 04 ‖ x ‖ y ‖ C3 ‖ C2. */
  private static byte[] toDer(byte[] raw) throws IOException {
    int afterX = 1 + FIELD_BYTES;
    int afterC1 = afterX + FIELD_BYTES;
    int afterC3 = afterC1 + C3_BYTES;
    return new DERSequence(
            new ASN1Encodable[] {
              new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(raw, 1, afterX))),
              new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(raw, afterX, afterC1))),
              new DEROctetString(Arrays.copyOfRange(raw, afterC1, afterC3)),
              new DEROctetString(Arrays.copyOfRange(raw, afterC3, raw.length))
            })
        .getEncoded("DER");
  }

  private static byte[] fromDer(byte[] der) throws IOException {
    ASN1Sequence sequence = ASN1Sequence.getInstance(der);
    byte[] x = coordinate(sequence, 0);
    byte[] y = coordinate(sequence, 1);
    byte[] c3 = ASN1OctetString.getInstance(sequence.getObjectAt(2)).getOctets();
    byte[] c2 = ASN1OctetString.getInstance(sequence.getObjectAt(3)).getOctets();
    return Arrays.concatenate(
        Arrays.concatenate(new byte[] {4}, x, y), c3, c2);
  }

  private static byte[] coordinate(ASN1Sequence sequence, int index) {
    BigInteger value = ASN1Integer.getInstance(sequence.getObjectAt(index)).getPositiveValue();
    return BigIntegers.asUnsignedByteArray(FIELD_BYTES, value);
  }
}
