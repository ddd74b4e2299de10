"""A bucket to deliver to, over a line that notes every request."""

from __future__ import annotations

import hashlib
import os
import urllib.request
from dataclasses import dataclass

import bucketwire
import pytest
from mirrors import EVERYTHING, Output

moto_server = pytest.importorskip("moto.server")
obstore = pytest.importorskip("obstore")
stores = pytest.importorskip("obstore.store")


@pytest.fixture(scope="module")
def moto():
    """A server that answers as S3 does, on a free port."""
    running = moto_server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()


@dataclass
class Bucket:
    """A bucket, looked at past the line."""

    direct: str
    name: str
    wire: bucketwire.Wire

    @property
    def address(self):
        return f"s3://{self.name}/some/prefix"

    def _open(self):
        return stores.S3Store(
            self.name, prefix="some/prefix", endpoint=self.direct, client_options={"allow_http": True}
        )

    def names(self):
        return sorted(found["path"] for page in obstore.list(self._open()) for found in page)

    def files(self):
        return {name: self.get(name) for name in self.names()}

    def get(self, name):
        return bytes(obstore.get(self._open(), name).bytes())

    def headers(self, name):
        told = obstore.get(self._open(), name, options={"head": True}).attributes
        return told["Content-Type"], told["Cache-Control"]

    def put(self, name, data, **told):
        obstore.put(self._open(), name, data, attributes=told or None)

    def delete(self, name):
        obstore.delete(self._open(), name)


@pytest.fixture
def bucket(moto, monkeypatch, request):
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    proxy = bucketwire.start(moto)
    name = "b" + hashlib.sha256(request.node.nodeid.encode()).hexdigest()[:20]
    urllib.request.urlopen(urllib.request.Request(f"{moto}/{name}", method="PUT")).close()
    monkeypatch.setenv("AWS_ENDPOINT_URL", proxy.wire.address)
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "a-key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "a-secret")
    yield Bucket(moto, name, proxy.wire)
    proxy.wire.over.set()
    proxy.shutdown()
    proxy.server_close()


@pytest.fixture
def output(tmp_path, bucket):
    made = Output(tmp_path / "state", bucket.address)
    made.lay(EVERYTHING)
    return made


@pytest.fixture
def quick(monkeypatch):
    """No pauses between tries."""
    monkeypatch.setattr("articleaudio.delivery.target.PAUSES", (0.0, 0.0))
