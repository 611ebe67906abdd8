# The bot alone: no Rasa, no TensorFlow; what faces people is current.
FROM python:3.10-slim
WORKDIR /app
ENV PYTHONUNBUFFERED=1
COPY deploy/bot-requirements.lock deploy/
RUN pip install --no-cache-dir --no-deps -r deploy/bot-requirements.lock
COPY bot bot
COPY store store
COPY deploy deploy
RUN useradd --create-home coach && mkdir -p /data && chown coach /data
USER coach
CMD ["python", "-m", "bot"]
