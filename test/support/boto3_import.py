"""Imports keys with boto3, the way the README shows it, for test/node/rehearsal-boto3.test.ts.

Reads {"endpoint", "kmsWrap": [program, argument], "cases": [{"region", "keySpec", "keyUsage", "algorithm",
"wrappingKeySpec", "material"}], "failures": [name]} from stdin and prints {"imported": [ARN], "failures":
[[code, class]]}.
"""

import base64
import json
import subprocess
import sys
from pathlib import Path

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError


def client(endpoint, region):
    return boto3.client(
        "kms",
        endpoint_url=endpoint,
        region_name=region,
        aws_access_key_id="rehearsal",
        aws_secret_access_key="rehearsal",
        config=Config(retries={"total_max_attempts": 1}),
    )


def dump(parameters):
    """The snippet of the README."""
    return json.dumps(
        parameters,
        default=lambda value: base64.b64encode(value).decode() if isinstance(value, bytes) else str(value),
    )


def load(text):
    """The other snippet of the README."""
    request = json.loads(text)
    for name in ("ImportToken", "EncryptedKeyMaterial"):
        request[name] = base64.b64decode(request[name])
    return request


def import_key(kms, kms_wrap, case):
    created = kms.create_key(Origin="EXTERNAL", KeySpec=case["keySpec"], KeyUsage=case["keyUsage"])
    parameters = kms.get_parameters_for_import(
        KeyId=created["KeyMetadata"]["KeyId"],
        WrappingAlgorithm=case["algorithm"],
        WrappingKeySpec=case["wrappingKeySpec"],
    )
    Path("params.json").write_text(dump(parameters))
    options = ["--algorithm", case["algorithm"], "--key-spec", case["keySpec"], "--in", case["material"]]
    command = [*kms_wrap, "wrap", "--parameters", "params.json", *options, "--out", "import.json", "--force"]
    subprocess.run(command, check=True, capture_output=True)
    kms.import_key_material(**load(Path("import.json").read_text()))
    return created["KeyMetadata"]["Arn"]


def failure(kms):
    try:
        kms.list_keys()
    except ClientError as error:
        return [error.response["Error"]["Code"], type(error).__name__]
    return None


def main():
    job = json.load(sys.stdin)
    imported = [
        import_key(client(job["endpoint"], case["region"]), job["kmsWrap"], case) for case in job["cases"]
    ]
    kms = client(job["endpoint"], "us-east-1")
    json.dump({"imported": imported, "failures": [failure(kms) for _ in job["failures"]]}, sys.stdout)


main()
