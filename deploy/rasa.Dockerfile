# Rasa and its actions: the whole environment, and the model trained while the image is built.
FROM python:3.10-slim
WORKDIR /app
ENV PYTHONUNBUFFERED=1 PYTHONWARNINGS=ignore RASA_TELEMETRY_ENABLED=false
RUN apt-get update && apt-get install -y --no-install-recommends gcc g++ && rm -rf /var/lib/apt/lists/*
COPY requirements.lock ./
RUN pip install --no-cache-dir uv && uv pip install --system --no-cache --no-deps -r requirements.lock
COPY pyproject.toml .python-version ./
COPY dialogues dialogues
COPY knowledge knowledge
COPY nlu nlu
COPY store store
COPY deploy deploy
RUN useradd --create-home coach && mkdir -p /data models && chown -R coach /data /app
USER coach
RUN python -m dialogues.training
