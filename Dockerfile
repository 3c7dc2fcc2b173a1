# One image for web, worker, scheduler and the preparation; docker-compose.yml says which is which.
FROM python:3.12-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /source
RUN python -m venv /schakel
COPY requirements requirements
RUN /schakel/bin/pip install --require-hashes -r requirements/runtime.txt
COPY . .
RUN /schakel/bin/pip install --no-deps --no-build-isolation .

FROM python:3.12-slim
# A user of its own; the folders exist beforehand, so that volumes laid over them belong to it.
RUN useradd --system --uid 10001 --no-create-home schakel \
    && install -d -o schakel -g schakel -m 0700 /data /keys
COPY --from=build /schakel /schakel
ENV PATH=/schakel/bin:$PATH PYTHONUNBUFFERED=1 OPENBLAS_NUM_THREADS=1 DATA=/data KEYS=/keys HOST=0.0.0.0 PORT=8000
USER schakel
WORKDIR /data
EXPOSE 8000
CMD ["volunteer", "web"]
