"""A Slurm of two nodes on this machine: real daemons on the loopback, without systemd."""

import getpass
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil

PROGRAMS = ["munged", "slurmctld", "slurmd", "srun", "sbatch", "squeue", "scancel", "scontrol"]
NODES = ["proof1", "proof2"]
# What is asked about jobs, in squeue's names.
FIELDS = [
    *("JobArrayID", "State", "NodeList", "Comment", "MinMemory", "TimeLimit", "RestartCnt"),
    *("StdOut", "tres-per-job"),
]
# A feature of the second node. Jobs go to the first as long as it has room.
SAFE = "safe"

# Seconds after which a build hangs.
LONGEST = 900

# Debian keeps the daemons where an ordinary user's PATH does not lead.
SEARCH = os.pathsep.join([os.environ["PATH"], "/usr/sbin"])

CONF = """
ClusterName=proof
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={ports[0]}
SlurmUser={user}
SlurmdUser={user}
# A requeued job waits until the credentials of its first start have run out.
AuthInfo=socket={folder}/munge.socket,cred_expire=5
StateSaveLocation={folder}/state
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/%n.pid
SlurmdSpoolDir={folder}/%n
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
SlurmdParameters=config_overrides
MpiDefault=none
ReturnToService=2
# Tests look at jobs long after they have ended.
MinJobAge=86400
# A node that is silent so long is down.
SlurmdTimeout=4
MessageTimeout=3
TCPTimeout=1
KillWait=2
# Memory is enforced by looking at it every second, because there are no control groups.
JobAcctGatherType=jobacct_gather/linux
JobAcctGatherFrequency=task=1
JobAcctGatherParams=OverMemoryKill
AccountingStorageType=accounting_storage/none
SchedulerParameters=sched_interval=2,sched_min_interval=200000,bf_interval=2
GresTypes=gpu
NodeName={nodes[0]} NodeHostname={host} NodeAddr=127.0.0.1 Port={ports[1]} {size} Weight=1
NodeName={nodes[1]} NodeHostname={host} NodeAddr=127.0.0.1 Port={ports[2]} {size} {more}
PartitionName=cpu Nodes=ALL Default=YES MaxTime=INFINITE
"""

# Asked for and counted as a GPU is, though nothing can be computed on it.
GRES = "Name=gpu File=/dev/null\n"


def missing_programs():
    return [name for name in PROGRAMS if not shutil.which(name, path=SEARCH)]


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def wait_for(condition, what, seconds=60):
    """The first true value of ``condition()``."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.1)
    raise AssertionError(f"after {seconds} seconds still not: {what}")


class Slurm:
    """Daemons in ``folder``; ``environment`` leads Slurm's commands to them."""

    def __init__(self, folder):
        self.folder = folder
        self.conf = folder / "slurm.conf"
        self.processes = {}
        self.builds = []
        # The executor plugin hides SLURM_CONF from the srun that it starts within a job.
        (folder / "bin").mkdir()
        srun = folder / "bin" / "srun"
        srun.write_text(
            f'#!/bin/sh\nSLURM_CONF={self.conf} exec {shutil.which("srun", path=SEARCH)} "$@"\n'
        )
        srun.chmod(0o755)
        self.environment = {
            **os.environ,
            "PATH": f"{srun.parent}{os.pathsep}{SEARCH}",
            "SLURM_CONF": str(self.conf),
        }

    def start(self):
        self.conf.write_text(
            CONF.format(
                host=socket.gethostname().split(".")[0],
                user=getpass.getuser(),
                folder=self.folder,
                nodes=NODES,
                more=f"Weight=2 Feature={SAFE}",
                ports=free_ports(3),
                size="CPUs=8 RealMemory=64000 Gres=gpu:1",
            )
        )
        (self.folder / "gres.conf").write_text(GRES)
        (self.folder / "state").mkdir()
        key = self.folder / "munge.key"
        key.write_bytes(os.urandom(1024))
        key.chmod(0o400)
        socket_ = self.folder / "munge.socket"
        files = {"socket": socket_, "key-file": key}
        for name in ("pid", "log", "seed"):
            files[f"{name}-file"] = self.folder / f"munged.{name}"
        options = [f"--{name}={path}" for name, path in files.items()]
        self._daemon("munged", "--foreground", "--force", *options)
        wait_for(socket_.exists, "munged listens")
        self._daemon("slurmctld", "-D", "-f", str(self.conf))
        for node in NODES:
            (self.folder / node).mkdir()
            self.start_node(node)

    def start_node(self, node):
        self._daemon("slurmd", "-D", "-N", node, "-f", str(self.conf), name=node)
        wait_for(lambda: self.states().get(node) in ("idle", "mixed"), f"{node} is up")

    def kill_node(self, node):
        """What a power cut does: the daemon of a node and all that runs there die at once."""
        daemon = self.processes.pop(node)
        running = [daemon.pid]
        for process in psutil.process_iter():
            try:
                if process.environ().get("SLURMD_NODENAME") == node:
                    running.append(process.pid)
                    running += [p.pid for p in process.parents() if p.name() == "slurmstepd"]
            except (psutil.NoSuchProcess, psutil.AccessDenied):
                continue
        for pid in set(running):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        daemon.wait()

    def stop(self):
        self.run("scancel", "--user", getpass.getuser())
        for build in self.builds:
            if build.poll() is None:
                os.killpg(build.pid, signal.SIGKILL)
                build.wait()
        for process in reversed(self.processes.values()):
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:  # a node whose job was cancelled a moment ago
                process.kill()
                process.wait()

    def run(self, *command):
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True)
        return done.stdout

    def states(self):
        """State of each node."""
        return dict(line.split() for line in self.run("sinfo", "-hN", "-o", "%N %T").splitlines())

    def jobs(self, build=None):
        """What Slurm knows of all jobs, or of those of one build, in order of submission."""
        wide = ",".join(f"{field}:|" for field in FIELDS)
        lines = self.run("squeue", "--states=all", "--noheader", "--array", "-O", wide).splitlines()
        found = [dict(zip(FIELDS, line.split("|"), strict=False)) for line in lines]
        for job in found:
            job["Log"] = Path(job["StdOut"].replace("%j", job["JobArrayID"]))
        found = [job for job in found if build is None or job["StdOut"].startswith(f"{build}/")]
        return sorted(found, key=lambda job: [int(part) for part in job["JobArrayID"].split("_")])

    def submit(self, project, *arguments):
        """Start a build of ``project`` on this cluster, its output in ``build.log``."""
        with (project.folder / "build.log").open("w") as log:
            process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "snakemake", *arguments),
                    *("--profile", "profiles/slurm", "--configfile", "config/tiny.yaml"),
                    *("--slurm-init-seconds-before-status-checks", "2"),
                ],
                cwd=project.folder,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                # Tests interrupt it; what starts them may ignore that, and what they start with it.
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
            )
        self.builds.append(process)
        return process

    def build(self, project, *arguments):
        process = self.submit(project, *arguments)
        status = process.wait(timeout=LONGEST)
        text = (project.folder / "build.log").read_text()
        assert status == 0, text[-4000:]
        return text

    def _daemon(self, program, *arguments, name=None):
        with (self.folder / f"{name or program}.out").open("w") as out:
            self.processes[name or program] = subprocess.Popen(
                [shutil.which(program, path=SEARCH), *arguments],
                env=self.environment,
                stdout=out,
                stderr=subprocess.STDOUT,
            )
