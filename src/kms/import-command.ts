/** The command of the AWS CLI, version 2, that sends an import request. */

/**
 * The words of the command, for whoever quotes them.
 *
 * @param file - the request as JSON.
 * @param region - where the KMS key is, as far as it is known.
 */
export function importCommandWords(file: string, region?: string): string[] {
  const input = ["--cli-binary-format", "base64", "--cli-input-json", `file://${file}`];
  return [
    "aws",
    "kms",
    "import-key-material",
    ...input,
    ...(region === undefined ? [] : ["--region", region]),
  ];
}
