"""What docs/serving.md says of object stores, run as it stands against moto's server."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

import pytest
import webservers

from articleaudio.site.headers import ASKED, EXPOSED, cache_control, content_type

moto_server = pytest.importorskip("moto.server")
boto3 = pytest.importorskip("boto3")


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    """The variables by which tools find the store; nothing of this machine's own settings."""
    server = moto_server.ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    home = str(tmp_path_factory.mktemp("home"))
    yield {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ENDPOINT": f"http://{host}:{port}",
        "AWS_ALLOW_HTTP": "true",
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "HOME": home,
    }
    server.stop()


@pytest.fixture
def store(keys):
    """Boto's client, with an empty bucket called audio."""
    client = boto3.client(
        "s3",
        endpoint_url=keys["AWS_ENDPOINT_URL"],
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )
    client.create_bucket(Bucket="audio")
    yield client
    for item in client.list_objects_v2(Bucket="audio").get("Contents", ()):
        client.delete_object(Bucket="audio", Key=item["Key"])
    client.delete_bucket(Bucket="audio")


def test_the_upload_gives_every_object_its_headers(keys, store, show_folder):
    program = webservers.shown("python", holding="obstore")
    subprocess.run([sys.executable, "-c", program, str(show_folder), "audio"], env=os.environ | keys, check=True)
    names = {path.relative_to(show_folder).as_posix() for path in show_folder.rglob("*") if path.is_file()}
    names = {name for name in names if not name.rpartition("/")[2].startswith(".")}
    assert {item["Key"] for item in store.list_objects_v2(Bucket="audio")["Contents"]} == names
    for name in names:
        told = store.head_object(Bucket="audio", Key=name)
        assert (told["ContentType"], told["CacheControl"]) == (content_type(name), cache_control(name)), name
    audio = next(name for name in sorted(names) if name.endswith(".mp3"))
    data = (show_folder / audio).read_bytes()
    for asked, wanted in (("0-9", data[:10]), ("1000-1999", data[1000:2000]), ("-7", data[-7:])):
        answer = store.get_object(Bucket="audio", Key=audio, Range=f"bytes={asked}")
        assert answer["Body"].read() == wanted
        assert answer["ResponseMetadata"]["HTTPStatusCode"] == 206


def test_the_rule_for_other_sites_is_that_of_the_table(store):
    rule = json.loads(webservers.shown("json", holding="CORSRules"))
    store.put_bucket_cors(Bucket="audio", CORSConfiguration=rule)
    kept = store.get_bucket_cors(Bucket="audio")["CORSRules"]
    assert kept == rule["CORSRules"]
    assert (kept[0]["AllowedHeaders"], kept[0]["ExposeHeaders"]) == (list(ASKED), list(EXPOSED))


@pytest.mark.skipif(shutil.which("aws") is None, reason="needs aws")
def test_the_command_that_sets_the_rule(keys, store, tmp_path):
    rule = webservers.shown("json", holding="CORSRules")
    (tmp_path / "cors.json").write_text(rule)
    command = "aws s3api put-bucket-cors --bucket BUCKET --cors-configuration file://cors.json"
    assert command in webservers.MANUAL
    parts = command.replace("BUCKET", "audio").split()
    subprocess.run(parts, cwd=tmp_path, env=os.environ | keys, check=True)
    assert store.get_bucket_cors(Bucket="audio")["CORSRules"] == json.loads(rule)["CORSRules"]
