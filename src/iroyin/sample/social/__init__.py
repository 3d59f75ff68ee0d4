"""The sample's social networks: invented posts, served on loopback in the networks' own protocols."""

from iroyin.sample.social.posts import SamplePost, sample_posts
from iroyin.sample.social.server import SocialWeb

__all__ = ["SamplePost", "SocialWeb", "sample_posts"]
