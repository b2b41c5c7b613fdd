# The locked environment, and the project in it:
#   docker build -t proofsheet . && docker run -v "$PWD/results:/proofsheet/results" proofsheet make report
FROM python:3.11-slim-bookworm
RUN apt-get update \
 && apt-get install --yes --no-install-recommends make git libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /proofsheet
COPY Makefile ./
COPY requirements requirements
ARG TORCH=
RUN make .venv/train.stamp TORCH=$TORCH
COPY . .
CMD ["make", "report"]
