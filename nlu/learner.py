"""How the network of `nlu/network.py` learns: TensorFlow, which Rasa brings along, in training only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from nlu.network import HIDDEN_UNITS, SEED, SHARED_UNITS, Head

# docs/performance.md has what was tried. Dropping n-grams at random is what a typo or a missing character does.
NGRAM_DROPOUT = 0.3
MEANING_DROPOUT = 0.3
HIDDEN_DROPOUT = 0.5
LEARNING_RATE = 2e-3
# The straight way's weights learn this much faster: each sees only the texts that hold its n-gram.
NGRAM_GAIN = 4.0


class Learner:
    """The weights while they are learnt, and one step of learning at a time."""

    def __init__(self, heads: Sequence[Head], ngram_count: int, meaning_size: int, steps: int) -> None:
        tf.keras.utils.set_random_seed(SEED)
        outputs = sum(len(head.classes) for head in heads)
        self._heads = heads
        self._ngrams = tf.Variable(tf.random.normal((ngram_count, SHARED_UNITS + outputs), stddev=0.01))
        self._meaning = tf.Variable(tf.keras.initializers.GlorotUniform()((SHARED_UNITS + meaning_size, HIDDEN_UNITS)))
        self._meaning_bias = tf.Variable(tf.zeros(HIDDEN_UNITS))
        self._hidden = tf.Variable(tf.keras.initializers.GlorotUniform()((HIDDEN_UNITS, outputs)))
        self._bias = tf.Variable(tf.zeros(outputs))
        self._variables = [self._ngrams, self._meaning, self._meaning_bias, self._hidden, self._bias]
        falling = tf.keras.optimizers.schedules.PolynomialDecay(LEARNING_RATE, steps, end_learning_rate=0.0)
        self._optimiser = tf.keras.optimizers.legacy.Adam(falling)
        self._update = tf.function(self._one_update, autograph=False, reduce_retracing=True)

    def step(
        self,
        ngrams: csr_matrix,
        meaning: NDArray[np.float32],
        wanted: NDArray[np.float32],
        taught: NDArray[np.float32],
    ) -> None:
        """Learn from one batch; shapes (batch, n-grams), (batch, size), (batch, outputs), (batch, heads)."""
        entries = ngrams.tocoo()
        places = np.stack([entries.row, entries.col], axis=1).astype(np.int64)
        self._update(tf.SparseTensor(places, entries.data, entries.shape), meaning, wanted, taught)

    def _one_update(self, ngrams: Any, meaning: Any, wanted: Any, taught: Any) -> None:
        with tf.GradientTape() as tape:
            loss = self._loss(self._scores(ngrams, meaning), wanted, taught)
        self._optimiser.apply_gradients(zip(tape.gradient(loss, self._variables), self._variables, strict=True))

    def _scores(self, ngrams: Any, meaning: Any) -> Any:
        thinned = tf.SparseTensor(ngrams.indices, tf.nn.dropout(ngrams.values, NGRAM_DROPOUT), ngrams.dense_shape)
        from_ngrams = tf.sparse.sparse_dense_matmul(thinned, self._ngrams)
        shared, straight = from_ngrams[:, :SHARED_UNITS], from_ngrams[:, SHARED_UNITS:]
        known = tf.concat([shared, tf.nn.dropout(meaning, MEANING_DROPOUT)], axis=1)
        hidden = tf.nn.dropout(tf.nn.relu(known @ self._meaning + self._meaning_bias), HIDDEN_DROPOUT)
        return hidden @ self._hidden + NGRAM_GAIN * straight + self._bias

    def _loss(self, scores: Any, wanted: Any, taught: Any) -> Any:
        """Cross entropy of each head over the texts that teach it, weighted by head."""
        loss = tf.constant(0.0)
        start = 0
        for number, head in enumerate(self._heads):
            end = start + len(head.classes)
            given, right = scores[:, start:end], wanted[:, start:end]
            if head.exclusive:
                each = tf.nn.softmax_cross_entropy_with_logits(right, given)
            else:
                each = tf.reduce_sum(tf.nn.sigmoid_cross_entropy_with_logits(right, given), axis=1)
            loss += head.weight * tf.reduce_mean(each * taught[:, number])
            start = end
        return loss

    def arrays(self) -> dict[str, NDArray[np.float32]]:
        """The weights by the names that `Network` reads."""
        ngrams = self._ngrams.numpy()
        ngrams[:, SHARED_UNITS:] *= NGRAM_GAIN
        return {
            "ngram_weights": ngrams,
            "meaning_weights": self._meaning.numpy(),
            "meaning_bias": self._meaning_bias.numpy(),
            "hidden_weights": self._hidden.numpy(),
            "bias": self._bias.numpy(),
        }
